/**
 * The page of a model. Ids come from payloads, so they may hold anything: slashes, spaces, halves of surrogate pairs (which
 * no URL can carry). Browsers take `.` and `..` for folders however they are written; their events still can be linked.
 */
export function modelHref(id: string): string {
  const name = encodeURIComponent(id.replace(/\p{Cs}/gu, '\ufffd'));
  return id === '.' || id === '..' ? `/events?model=${name}` : `/models/${name}`;
}

/** The id that a path segment stands for; null for one that `modelHref` cannot have made. */
export function modelIdOf(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
