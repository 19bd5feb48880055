import type { Actor } from '../actor';
import { curriculum } from './curriculum';
import { daemons } from './daemons';
import { evaluation } from './evaluation';
import { exporting } from './exporting';
import { integrity } from './integrity';
import { leader } from './leader';
import { locks } from './locks';
import { models } from './models';
import { nodes } from './nodes';
import { optimisation } from './optimisation';
import { parity } from './parity';
import { promotion } from './promotion';
import { quality } from './quality';
import { regression } from './regression';
import { resources } from './resources';
import { selfplay } from './selfplay';
import { sync } from './sync';
import { tasks } from './tasks';
import { training } from './training';
import { work } from './work';

/**
 * The whole cast, in the order in which they hear an event: `models` first, because it keeps the champions that others
 * look at; `nodes` opens the play with the machines coming online.
 */
export const ACTORS: readonly Actor[] = [
  models,
  nodes,
  leader,
  daemons,
  resources,
  selfplay,
  sync,
  exporting,
  training,
  evaluation,
  promotion,
  regression,
  quality,
  curriculum,
  optimisation,
  work,
  tasks,
  locks,
  integrity,
  parity,
];
