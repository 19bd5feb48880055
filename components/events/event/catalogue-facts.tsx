'use client';

import { definitionOf } from '@/domain/events';
import { EventTypeFacts } from './event-type-facts';

/** {@link EventTypeFacts} with the catalogue in the browser; load it lazily, the catalogue is large. */
export default function CatalogueFacts({ type }: { type: string }) {
  return <EventTypeFacts type={type} definition={definitionOf(type)} />;
}
