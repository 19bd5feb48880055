import type { ByteReader } from './byte-reader';

/** Numbers with at most so many decimal places are kept as whole ones, in as few bytes as their range needs. */
const MOST_PLACES = 6;

/** Any numbers that JSON may hold, exactly. */
export function encodeNumbers(values: readonly number[]): Buffer {
  const places = placesOf(values);
  const head = Buffer.alloc(26);
  const [lowest, highest] = ends(values);
  head.writeDoubleLE(lowest, 0);
  head.writeDoubleLE(highest, 8);
  if (places === null) {
    head.writeUInt8(8, 16);
    return Buffer.concat([head, bytesOf(Float64Array.from(values))]);
  }
  const power = 10 ** places;
  const whole = values.map((value) => Math.round(value * power));
  const [least, most] = ends(whole);
  const width = widthOf(most - least);
  head.writeUInt8(width, 16);
  head.writeUInt8(places, 17);
  head.writeDoubleLE(width === 8 ? 0 : least, 18);
  const shifted = width === 8 ? values : whole.map((value) => value - least);
  return Buffer.concat([head, bytesOf(ARRAYS[width].from(shifted))]);
}

/** The numbers; none where `wanted` says that none between the least and the greatest is. */
export function decodeNumbers(
  reader: ByteReader,
  count: number,
  wanted: (least: number, most: number) => boolean = () => true,
): Float64Array {
  const any = wanted(reader.double(), reader.double());
  const width = reader.byte() as Width;
  const places = reader.byte();
  const least = reader.double();
  if (!any) {
    reader.bytes(count * width);
    return NONE;
  }
  const stored = new ARRAYS[width](reader.aligned(count * width));
  if (stored instanceof Float64Array) return stored;
  const values = new Float64Array(count);
  const power = 10 ** places;
  for (let place = 0; place < count; place++) values[place] = ((stored[place] ?? 0) + least) / power;
  return values;
}

const NONE = new Float64Array();

/** What is asked of numbers; `rising`: who passes a greater number passes too, `falling`: a lesser one; null: neither. */
export interface NumberTest {
  readonly number: (value: number) => boolean;
  readonly between: (least: number, most: number) => boolean;
  readonly order: 'rising' | 'falling' | null;
}

/** The places of the numbers that pass, ascending, or that all do. Where they pass from one on, they are compared as they are kept. */
export function passingPlaces(reader: ByteReader, count: number, test: NumberTest): number[] | 'all' {
  const [lowest, highest] = [reader.double(), reader.double()];
  const any = test.between(lowest, highest);
  const width = reader.byte() as Width;
  const power = 10 ** reader.byte();
  const least = reader.double();
  if (!any) {
    reader.bytes(count * width);
    return [];
  }
  if (test.order !== null && test.number(lowest) && test.number(highest)) {
    reader.bytes(count * width);
    return 'all';
  }
  const stored = new ARRAYS[width](reader.aligned(count * width));
  const places: number[] = [];
  const { order, number } = test;
  if (order === null || stored instanceof Float64Array) {
    const [from, by] = stored instanceof Float64Array ? [0, 1] : [least, power];
    for (let place = 0; place < count; place++)
      if (number(((stored[place] ?? 0) + from) / by)) places.push(place);
    return places;
  }
  const edge = edgeOf(2 ** (8 * width), (whole) => number((whole + least) / power) === (order === 'rising'));
  if (order === 'rising') {
    for (let place = 0; place < count; place++) if ((stored[place] ?? 0) >= edge) places.push(place);
  } else for (let place = 0; place < count; place++) if ((stored[place] ?? 0) < edge) places.push(place);
  return places;
}

/** The first whole number of which something is true that is true of all greater ones; `end` where it is of none before. */
function edgeOf(end: number, isTrue: (whole: number) => boolean): number {
  let [low, high] = [0, end];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function ends(values: readonly number[]): [least: number, most: number] {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return [least, most];
}

const ARRAYS = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array, 8: Float64Array } as const;
type Width = keyof typeof ARRAYS;

function widthOf(range: number): Width {
  if (range < 2 ** 8) return 1;
  if (range < 2 ** 16) return 2;
  return range < 2 ** 32 ? 4 : 8;
}

/** The fewest decimal places that write all of them exactly; null where there are too many. */
function placesOf(values: readonly number[]): number | null {
  for (let places = 0; places <= MOST_PLACES; places++) {
    const power = 10 ** places;
    const exact = (value: number): boolean => {
      const whole = Math.round(value * power);
      return Number.isSafeInteger(whole) && whole / power === value;
    };
    if (values.every(exact)) return places;
  }
  return null;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
