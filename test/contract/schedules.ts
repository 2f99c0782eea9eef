import type { Contract } from './contract.js';

/** Schedules in depth: holidays, recurrences, fallbacks, people in training, edits and what they ask. */
export async function schedulesInDepth(contract: Contract, responderIds: [string, string, string]): Promise<void> {
  const [one, two, three] = responderIds;
  const rotation = { unit: 'week', length: 1, firstHandoff: '2026-01-05T08:00', members: [one, null] };
  const input = {
    name: 'Contract rota in depth',
    timeZone: 'Europe/Vienna',
    calendar: 'AT',
    fallback: { responder: two },
    layers: [
      { name: 'Days', rotation, restrictions: [{ days: ['mo', 'holiday'], from: '08:00', to: '18:00' }] },
      {
        name: 'Weekends',
        timeZone: 'Europe/Bucharest',
        recurrence: {
          start: '2026-01-03T09:00',
          duration: 'PT12H',
          rule: 'FREQ=WEEKLY;BYDAY=SA,SU',
          members: [one, [two]],
        },
      },
      { name: 'Training', shadow: true, rotation: { ...rotation, members: [three] } },
    ],
  };
  const window = '?from=2026-02-01T00:00:00Z&to=2026-03-01T00:00:00Z';
  await contract.call('responder', 'GET /v1/holidays', {}, undefined, '?calendar=AT&year=2026');
  const { body: schedule } = await contract.call('coordinator', 'POST /v1/schedules', {}, input);
  await contract.call('responder', 'GET /v1/schedules/{id}', schedule);
  await contract.call('responder', 'GET /v1/schedules/{id}/shifts', schedule, undefined, `${window}&shadow=true`);
  await contract.call('responder', 'GET /v1/oncall', {}, undefined, `?schedule=${schedule.id}&shadow=true`);
  const edited = { ...input, fallback: { responder: three } };
  await contract.call('coordinator', 'POST /v1/schedules/{id}/preview', schedule, {
    ...edited,
    from: '2026-02-01T00:00:00Z',
    to: '2026-03-01T00:00:00Z',
  });
  await contract.call('coordinator', 'PUT /v1/schedules/{id}', schedule, {
    ...edited,
    layers: [{ name: 'Days', rotation: { ...rotation, members: [three] } }],
  });
  const { body: asked } = await contract.call('coordinator', 'GET /v1/schedule-changes', {}, undefined, '?state=asked');
  const [change] = asked.items.filter(({ scheduleId }: { scheduleId: string }) => scheduleId === schedule.id);
  await contract.call('coordinator', 'POST /v1/schedule-changes/{id}/accept', change);
  await contract.call('coordinator', 'PUT /v1/schedules/{id}', schedule, {
    ...edited,
    layers: [{ name: 'Days', rotation: { ...rotation, members: [two] } }],
  });
  const { body: again } = await contract.call(
    'coordinator',
    'GET /v1/schedule-changes',
    {},
    undefined,
    '?state=asked&limit=1',
  );
  await contract.call('coordinator', 'POST /v1/schedule-changes/{id}/refuse', again.items[0], { reason: 'On leave.' });
  await contract.call('coordinator', 'DELETE /v1/schedules/{id}', schedule);
}
