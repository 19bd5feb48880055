import { describe, expect, it } from 'vitest';
import { cursorAt, nextCursor, placeOf, searchedShare, startPlace } from './search-place';

const page = { events: [], next_cursor: 'on', head_seq: 100, scanned_to: 57 };
const rows = [{ seq: 80 }, { seq: 70 }];

describe('a search that ran out of time', () => {
  it('goes on where it ended, as long as the list ends where it did', () => {
    const place = placeOf('desc', 90, page);
    expect(nextCursor(place, 'desc', 90)).toBe('on');
    // The list was cut, filled, or is asked for at its other end.
    expect(nextCursor(place, 'desc', 95)).toBe(cursorAt('desc', 95));
    expect(nextCursor(place, 'desc', 85)).toBe(cursorAt('desc', 85));
    expect(nextCursor(place, 'asc', 90)).toBe(cursorAt('asc', 90));
    expect(nextCursor(place, 'desc', null)).toBeNull();
  });

  it('goes on behind the rows that it found', () => {
    const place = placeOf('desc', 90, { ...page, events: rows });
    expect(nextCursor(place, 'desc', 70)).toBe('on');
    expect(nextCursor(place, 'desc', 90)).toBe(cursorAt('desc', 90));
  });

  it('goes on where what the page was rendered with ended', () => {
    const place = startPlace({ rows: [{ seq: 70 }, { seq: 80 }], scannedTo: 57 });
    expect(nextCursor(place, 'desc', 70)).toBe(cursorAt('desc', 57));
    expect(nextCursor(startPlace({ rows: [], scannedTo: 57 }), 'desc', null)).toBe(cursorAt('desc', 57));
    expect(startPlace({ rows: [{ seq: 70 }], scannedTo: null })).toBeNull();
    expect(startPlace(null)).toBeNull();
  });

  it('is not begun anew by rows that arrive in an empty list', () => {
    const place = placeOf('desc', null, page);
    expect(nextCursor(place, 'desc', null)).toBe('on');
    expect(nextCursor(place, 'desc', 101)).toBe('on');
    // A row that it has not come to yet: it was found another way.
    expect(nextCursor(place, 'desc', 57)).toBe(cursorAt('desc', 57));
    expect(nextCursor(placeOf('asc', null, page), 'asc', 101)).toBe(cursorAt('asc', 101));
  });

  it('says how much of history was looked through', () => {
    expect(searchedShare(page)).toBeCloseTo(0.43);
    // Events may come faster than they are counted.
    expect(searchedShare({ ...page, head_seq: 50 })).toBe(0);
  });
});

describe('a search that came to its end', () => {
  it('has no place to go on from', () => {
    expect(placeOf('desc', 90, { ...page, scanned_to: undefined })).toBeNull();
    expect(placeOf('desc', 90, { ...page, next_cursor: null })).toBeNull();
    expect(nextCursor(null, 'desc', 90)).toBe(cursorAt('desc', 90));
    expect(nextCursor(null, 'desc', null)).toBeNull();
    expect(searchedShare({ head_seq: 100 })).toBeNull();
  });
});
