import { SEVERITIES } from '@/domain/events/envelope';
import { SEVERITY_TONE, TONE_VAR } from '@/components/ui/signs/tone';
import type { Palette } from './paint';

/** The theme's colours, for canvas, which knows no CSS variables. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  return {
    severity: SEVERITIES.map((severity) => colour(TONE_VAR[SEVERITY_TONE[severity]])),
    line: colour('--line'),
    text: colour('--faint'),
    shade: colour('--raised'),
    font: `10px ${style.fontFamily}`,
  };
}

/** Calls back when the theme changes: by our own switch or by the system's. Returns how to stop. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['class', 'data-theme', 'style'],
  });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', listener);
  };
}
