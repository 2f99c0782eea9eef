import { needsTls } from './channels.service.js';

describe('needsTls', () => {
  it.each([
    'smtp://localhost:25',
    'smtp://127.0.0.1:2525',
    'smtp://127.8.8.8',
    'smtp://[::1]:25',
    'smtp://mail.example?ignoreTLS=true',
  ])('leaves %s as it is', (url) => expect(needsTls(url)).toBe(false));

  it.each([
    'smtp://mail.example',
    'smtps://mail.example',
    'smtp://10.0.0.5',
    'smtp://127.example.com',
    'smtp://mail.example?ignoreTLS=false',
  ])('sends nothing in clear text through %s', (url) => expect(needsTls(url)).toBe(true));
});
