import { useEffect } from 'react';

/** Tells the styles of paper, as `--printed-width`, how wide the page is on screen. */
export function usePrintedWidth(): void {
  useEffect(() => {
    const tell = (): void => {
      const width = document.getElementById('main')?.clientWidth ?? 0;
      document.documentElement.style.setProperty('--printed-width', `${width}px`);
    };
    window.addEventListener('beforeprint', tell);
    return () => window.removeEventListener('beforeprint', tell);
  }, []);
}
