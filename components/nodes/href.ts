/** A name as part of a path. Half a surrogate pair has no place in a URL; such a name cannot be linked to exactly. */
function encoded(name: string): string {
  return encodeURIComponent(name.replace(/[\ud800-\udfff]/gu, '\ufffd'));
}

/** Browsers resolve these as folders, even percent-encoded, so they travel as a parameter. */
const DOTS = /^\.{1,2}$/;

/** The page of a node, whatever its name. */
export function nodeHref(node: string): string {
  return DOTS.test(node) ? `/nodes/-?name=${node}` : `/nodes/${encoded(node)}`;
}

/** The name in the path and, for names that no path can hold, in the parameter. */
export function nodeOfPath(segment: string, given: string | undefined): string {
  if (segment === '-' && given !== undefined && DOTS.test(given)) return given;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export function eventHref(seq: number): string {
  return `/events/${seq}`;
}

/** The events about a node, of some types or of all. */
export function nodeEventsHref(node: string, types: readonly string[] = []): string {
  const parameters = [...types.map((type) => `type=${type}`), `node=${encoded(node)}`];
  return `/events?${parameters.join('&')}`;
}
