import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { handedOver } from './hand-over';

it('hands over memory of its own, and copies what lies beside others', () => {
  const whole = new Uint8Array(1000);
  expect(handedOver(whole)).toEqual([whole.buffer]);
  for (const part of [Buffer.from('a small one'), whole.subarray(1), 'text', null, undefined])
    expect(handedOver(part)).toEqual([]);
});

it('leaves nothing that a message port refuses', () => {
  const { port1, port2 } = new MessageChannel();
  for (const bytes of [
    Buffer.from('a small one'),
    Buffer.alloc(0),
    Buffer.alloc(1_000_000),
    new Uint8Array(3),
  ])
    expect(() => port1.postMessage(bytes, handedOver(bytes))).not.toThrow();
  port1.close();
  port2.close();
});
