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
