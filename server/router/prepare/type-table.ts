import {
  categoryOf,
  dataValueOf,
  definitionOf,
  normaliseEventType,
  stageValueOf,
} from '../../../domain/events';
import type { CategoryId } from '../../../domain/events/catalogue/categories';
import type { Origin } from '../../../domain/events/envelope';

/** What follows from the name of an event type alone. */
export interface TypeInfo {
  readonly eventType: string;
  /** The name as written, where that is not the canonical one. */
  readonly wireType: string | null;
  readonly category: CategoryId;
  /** The bus that a publisher addresses by writing the name this way. */
  readonly origin: Origin;
  /** Carried by the data bus: all but the stages without a data counterpart. */
  readonly onDataBus: boolean;
  /** The stage bus value, for types that the stage bus carries; else null. */
  readonly stage: string | null;
}

/** Spellings remembered; there are some 400 regular ones, and a producer that invents more must not fill the memory. */
const MAX_SPELLINGS = 5000;

const known = new Map<string, TypeInfo>();

/** Looks a spelling up in the catalogue, once. */
export function typeInfo(wireType: string): TypeInfo {
  const found = known.get(wireType);
  if (found !== undefined) return found;
  const info = describe(wireType);
  if (known.size < MAX_SPELLINGS) known.set(wireType, info);
  return info;
}

function describe(wireType: string): TypeInfo {
  const eventType = normaliseEventType(wireType);
  const stage = stageValueOf(wireType);
  const definition = definitionOf(eventType);
  return {
    eventType,
    wireType: wireType === eventType ? null : wireType,
    category: categoryOf(eventType),
    origin: originOf(wireType, eventType),
    // The set of types is open: one that the catalogue lacks is data, not a stage.
    onDataBus: definition === undefined || definition.dataValue !== undefined,
    stage,
  };
}

/**
 * A name that both buses have (`training_started`) addresses the data bus; one that only the stage bus has
 * (`training_complete`) the stage bus; an unknown one neither, so it enters through the router itself.
 */
function originOf(wireType: string, eventType: string): Origin {
  const spelled = wireType.trim().toUpperCase();
  const value = dataValueOf(eventType);
  if (spelled === value?.toUpperCase() || (value !== null && spelled === eventType)) return 'data_bus';
  if (stageValueOf(wireType)?.toUpperCase() === spelled) return 'stage_bus';
  return value === null ? 'router' : 'data_bus';
}
