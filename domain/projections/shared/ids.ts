/** Names remembered per prefix: nodes, configs, coordinators. Producers choose them, so there is an end to it. */
const MAX_NAMES = 4_096;

/**
 * Makes ids `<prefix>:<name>`. One that was made before is the same text again, so that tables need not work out its
 * place anew: looked for with nearly every event, this costs a quarter.
 */
export function idsUnder(prefix: string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    let id = known.get(name);
    if (id === undefined) {
      id = `${prefix}:${name}`;
      if (known.size >= MAX_NAMES) known.clear();
      known.set(name, id);
    }
    return id;
  };
}
