import fc from 'fast-check';
import { sseEvent, sseHeartbeat, ssePosition, sseRetry } from './sse.js';

/** What a client makes of a stream, by the algorithm of WHATWG HTML, section 9.2.6. */
function interpret(stream: string): {
  events: { id: string; type: string; data: string }[];
  lastEventId: string;
  retry: number | undefined;
} {
  const events: { id: string; type: string; data: string }[] = [];
  let [id, data, type] = ['', '', ''];
  let retry: number | undefined;
  for (const line of stream.split(/\r\n|\r|\n/).slice(0, -1)) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (line === '') {
      if (data !== '') events.push({ id, type: type || 'message', data: data.replace(/\n$/, '') });
      [data, type] = ['', ''];
    } else if (field === 'data') data += `${value}\n`;
    else if (field === 'id') id = value;
    else if (field === 'event') type = value;
    else if (field === 'retry') retry = Number(value);
  }
  return { events, lastEventId: id, retry };
}

describe('frames of server-sent events', () => {
  it('are what the standard shows', () => {
    expect(sseEvent('7-12', '{"a":1}')).toBe('id: 7-12\ndata: {"a":1}\n\n');
    expect(ssePosition('7-0')).toBe('id: 7-0\n\n');
    expect(sseRetry(1500)).toBe('retry: 1500\n\n');
  });

  it('come through whole, one after another, whatever the data are', () => {
    const events = fc.array(fc.record({ id: fc.stringMatching(/^\d{1,9}-\d{1,9}$/), data: fc.json() }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(events, (sent) => {
        const stream = sent.map(({ id, data }) => sseEvent(id, data)).join(sseHeartbeat);
        expect(interpret(stream).events).toEqual(sent.map((event) => ({ ...event, type: 'message' })));
      }),
    );
  });

  it('keep line breaks inside data from becoming fields', () => {
    const stream = sseEvent('1-1', 'one\nid: 9-9\r\nevent: other\rdata: two');
    expect(interpret(stream).events).toEqual([
      { id: '1-1', type: 'message', data: 'one\nid: 9-9\nevent: other\ndata: two' },
    ]);
  });

  it('set the position and the waiting time without an event', () => {
    expect(interpret(sseRetry(2000) + ssePosition('8-0') + sseHeartbeat)).toEqual({
      events: [],
      lastEventId: '8-0',
      retry: 2000,
    });
  });

  it('are refused where they would break the stream', () => {
    expect(() => sseEvent('1\ndata: x', '')).toThrow(RangeError);
    expect(() => ssePosition('1\0')).toThrow(RangeError);
    expect(() => sseRetry(1.5)).toThrow(RangeError);
    expect(() => sseRetry(-1)).toThrow(RangeError);
  });
});
