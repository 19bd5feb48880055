/** One subject's entries of one type, as a list through the slots. */
interface Subject {
  readonly name: string;
  readonly siblings: Map<string, Subject>;
  newest: number;
}

/** No slot. */
const NONE = 0;
const FIRST_SLOTS = 1_024;

/**
 * The entries of the duplicate index that an opposite event can clear, by type and subject. The lists run through typed
 * arrays beside the table's: a Set per subject took more memory than all that the table holds.
 */
export class DuplicateSubjects {
  private readonly byType = new Map<string, Map<string, Subject>>();
  private readonly subjects: (Subject | undefined)[] = [];
  private older = new Int32Array(FIRST_SLOTS);
  private newer = new Int32Array(FIRST_SLOTS);

  add(slot: number, eventType: string, name: string): void {
    while (slot >= this.older.length) this.grow();
    const subject = this.subjectFor(eventType, name);
    this.older[slot] = subject.newest;
    this.newer[slot] = NONE;
    if (subject.newest !== NONE) this.newer[subject.newest] = slot;
    subject.newest = slot;
    this.subjects[slot] = subject;
  }

  /** Nothing happens for a slot without a subject. */
  remove(slot: number): void {
    const subject = this.subjects[slot];
    if (subject === undefined) return;
    this.subjects[slot] = undefined;
    const [older, newer] = [this.older[slot] ?? NONE, this.newer[slot] ?? NONE];
    if (older !== NONE) this.newer[older] = newer;
    if (newer !== NONE) this.older[newer] = older;
    else subject.newest = older;
    if (subject.newest === NONE) subject.siblings.delete(subject.name);
  }

  /** The newest entry of a type and subject; 0 for none. */
  newestOf(eventType: string, name: string): number {
    return this.byType.get(eventType)?.get(name)?.newest ?? NONE;
  }

  /** The entry before it of the same type and subject; 0 for none. */
  olderThan(slot: number): number {
    return this.older[slot] ?? NONE;
  }

  private subjectFor(eventType: string, name: string): Subject {
    let siblings = this.byType.get(eventType);
    if (siblings === undefined) {
      siblings = new Map();
      this.byType.set(eventType, siblings);
    }
    let subject = siblings.get(name);
    if (subject === undefined) {
      subject = { name, siblings, newest: NONE };
      siblings.set(name, subject);
    }
    return subject;
  }

  private grow(): void {
    const [older, newer] = [this.older, this.newer];
    this.older = new Int32Array(older.length * 2);
    this.newer = new Int32Array(newer.length * 2);
    this.older.set(older);
    this.newer.set(newer);
  }
}
