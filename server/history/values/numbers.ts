import type { ByteReader } from './byte-reader';

/** Numbers with at most so many decimal places are kept as whole ones, in as few bytes as their range needs. */
const MOST_PLACES = 6;

/** Any numbers that JSON may hold, exactly. */
export function encodeNumbers(values: readonly number[]): Buffer {
  const places = placesOf(values);
  const head = Buffer.alloc(10);
  if (places === null) {
    head.writeUInt8(8, 0);
    return Buffer.concat([head, bytesOf(Float64Array.from(values))]);
  }
  const power = 10 ** places;
  const whole = values.map((value) => Math.round(value * power));
  let [least, most] = [Infinity, -Infinity];
  for (const value of whole) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const width = widthOf(most - least);
  head.writeUInt8(width, 0);
  head.writeUInt8(places, 1);
  head.writeDoubleLE(width === 8 ? 0 : least, 2);
  const shifted = width === 8 ? values : whole.map((value) => value - least);
  return Buffer.concat([head, bytesOf(ARRAYS[width].from(shifted))]);
}

export function decodeNumbers(reader: ByteReader, count: number): Float64Array {
  const width = reader.byte() as Width;
  const places = reader.byte();
  const least = reader.double();
  const stored = new ARRAYS[width](reader.aligned(count * width));
  if (stored instanceof Float64Array) return stored;
  const values = new Float64Array(count);
  const power = 10 ** places;
  for (let place = 0; place < count; place++) values[place] = ((stored[place] ?? 0) + least) / power;
  return values;
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
