import type { Mistake, MistakeCode } from './ast';

/** Carries a mistake out of the parser; never leaves this folder. */
export class Wrong extends Error {
  constructor(readonly mistake: Mistake) {
    super(mistake.message);
  }
}

/** Throws the mistake at a place. */
export function wrong(code: MistakeCode, message: string, start: number, end: number): never {
  throw new Wrong({ code, message, start, end });
}

/** Reads a query's text from left to right. */
export class Scanner {
  at = 0;

  constructor(readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  skipBlanks(): void {
    this.take(/\s*/uy);
  }

  /** The match of a sticky pattern here, consumed; null where it does not match. */
  take(pattern: RegExp): RegExpExecArray | null {
    const match = this.look(pattern);
    if (match) this.at += match[0].length;
    return match;
  }

  look(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  /** The text of a quotation that begins here; `\"` and `\\` stand for the characters themselves. */
  quoted(): string {
    const start = this.at;
    const match = this.take(/"((?:[^"\\]|\\[^])*)"/y);
    if (match) return (match[1] ?? '').replace(/\\(["\\])/g, '$1');
    return wrong('open_quote', 'this quotation does not end: add a " after it', start, this.text.length);
  }
}
