import { whyWithheld } from './heartbeat.js';

const fine = { lateTimers: 0, lateMessages: 0, withoutNextStep: [], unpaged: [] };

describe('the sign of life', () => {
  it('is given while nothing is late', () => {
    expect(whyWithheld(fine)).toEqual([]);
  });

  it('is withheld for each thing that is late, and names the tickets', () => {
    expect(whyWithheld({ lateTimers: 1, lateMessages: 2, withoutNextStep: ['CG-A'], unpaged: ['CG-B'] })).toEqual([
      '1 timer is late',
      '2 messages are not acted on',
      'CG-A is open and has no next step that is on time',
      'CG-B is open and nobody has been paged about it',
    ]);
  });
});
