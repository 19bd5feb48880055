/** A lane of the river: one category of events. */
export interface RiverLane {
  readonly id: string;
  readonly label: string;
  /** The feed of this category's events. */
  readonly href: string;
}
