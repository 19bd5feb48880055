import type { KeyboardEvent } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Frame } from '../frame/frame';
import { onKey } from './overlay-keys';
import type { CursorState } from './use-cursor';

/** Presses a key over a chart of 0 to 100 whose crosshair stands at 40, or is away. */
function press(key: string, more: Partial<KeyboardEvent> = {}, at: number | null = 40) {
  const told = { window: vi.fn(), cursor: vi.fn(), open: vi.fn(), prevented: vi.fn() };
  const chart = new EventTarget();
  onKey(
    {
      key,
      target: chart,
      currentTarget: chart,
      preventDefault: told.prevented,
      ...more,
    } as unknown as KeyboardEvent,
    { frame: { x: { domain: [0, 100] }, drawn: [] } as unknown as Frame, markers: [], onWindow: told.window },
    {
      cursor: at === null ? null : { at, point: null, by: 'keyboard' },
      setCursor: told.cursor,
    } as unknown as CursorState,
    { readings: [], markers: [] },
    told.open,
  );
  return told;
}

describe('the keys of a chart', () => {
  it.each([
    ['+', {}, [20, 70]],
    ['=', {}, [20, 70]],
    ['-', {}, [-40, 160]],
    ['0', {}, null],
    ['ArrowLeft', { shiftKey: true }, [-20, 80]],
    ['ArrowRight', { shiftKey: true }, [20, 120]],
  ])('move the window: %s with %j', (key, more, window) => {
    const told = press(key, more);
    expect(told.window.mock.calls).toEqual([[window]]);
    expect(told.cursor).not.toHaveBeenCalled();
    expect(told.prevented).toHaveBeenCalledOnce();
  });

  it('move the crosshair, take it away, and open what is under it', () => {
    expect(press('ArrowRight').cursor.mock.calls).toEqual([[{ at: 40, point: null, by: 'keyboard' }]]);
    expect(press('ArrowRight', {}, null).cursor).not.toHaveBeenCalled();
    expect(press('Escape').cursor.mock.calls).toEqual([[null]]);
    expect(press('Enter').open.mock.calls).toEqual([[null, false]]);
  });

  it('are left to the page where they are nothing of the chart', () => {
    const others = [
      press('x'),
      press('Escape', {}, null),
      press('+', { ctrlKey: true }),
      press('0', { target: null! }),
    ];
    for (const told of others) for (const each of Object.values(told)) expect(each).not.toHaveBeenCalled();
  });
});
