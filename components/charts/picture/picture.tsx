'use client';

import { useEffect, useState, type ComponentType } from 'react';
import type { PictureProps } from './picture-props';
import { Sketch } from './sketch';

/** Once loaded, further charts start with it. */
let loaded: ComponentType<PictureProps> | null = null;

/**
 * Recharts draws nothing on the server (its parts register in effects) and is heavy, so the first paint is a sketch with
 * the same frame, and Recharts takes over in the browser once it has come. `measured`: the width is the real one.
 */
export function Picture({ measured, ...props }: PictureProps & { measured: boolean }) {
  const [Plot, setPlot] = useState<ComponentType<PictureProps> | null>(() => (measured ? loaded : null));
  useEffect(() => {
    let gone = false;
    void import('./plot').then(
      (module) => {
        loaded = module.Plot;
        if (!gone) setPlot(() => module.Plot);
      },
      // Offline, say: the sketch shows the same data.
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  if (Plot === null || !measured) return <Sketch {...props} />;
  // Between a resize and the next measure it is still drawn for the former width; that must not widen the page.
  return (
    <div className="absolute inset-0 overflow-clip">
      <Plot {...props} />
    </div>
  );
}
