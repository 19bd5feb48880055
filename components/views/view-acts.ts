/** Changes of views. Each resolves to null once it is done, or to one line on why it is not. */
export interface ViewActs {
  /** Saves what the page shows now. */
  readonly save: (name: string) => Promise<string | null>;
  /** Lets the view show what the page shows now. */
  readonly update: (id: number) => Promise<string | null>;
  readonly rename: (id: number, name: string) => Promise<string | null>;
  readonly star: (id: number, starred: boolean) => Promise<string | null>;
  readonly remove: (id: number) => Promise<string | null>;
}
