import type { LucideIcon } from 'lucide-react';
import {
  Activity,
  BookOpen,
  Boxes,
  CircleHelp,
  Cog,
  Cpu,
  Crown,
  Database,
  FileOutput,
  Gauge,
  GraduationCap,
  HardDrive,
  LifeBuoy,
  ListChecks,
  Lock,
  RefreshCw,
  Save,
  Scale,
  ServerCog,
  SlidersHorizontal,
  Swords,
  Trophy,
  Workflow,
} from 'lucide-react';
import { createElement } from 'react';
import { CATEGORIES, type CategoryId } from '@/domain/events/catalogue/categories';
import { cn } from '../cn';
import { humanise } from '../format';

const LABELS: ReadonlyMap<string, string> = new Map(CATEGORIES.map(({ id, label }) => [id, label]));

const ICONS: Readonly<Record<CategoryId, LucideIcon>> = {
  training: GraduationCap,
  selfplay: Swords,
  evaluation: Trophy,
  sync: RefreshCw,
  export: FileOutput,
  model: Boxes,
  quality: Gauge,
  cluster_health: Activity,
  work_queue: ListChecks,
  daemon: ServerCog,
  recovery: LifeBuoy,
  resource: Cpu,
  optimization: SlidersHorizontal,
  curriculum: BookOpen,
  leader_election: Crown,
  task: Workflow,
  data_integrity: Database,
  lock: Lock,
  checkpoint: Save,
  parity: Scale,
  cache: HardDrive,
  system: Cog,
  uncatalogued: CircleHelp,
};
const ICON_OF: ReadonlyMap<string, LucideIcon> = new Map(Object.entries(ICONS));

/** A category in words, the same on every page; one that no catalogue knows by its own name. */
export function categoryName(category: string): string {
  return LABELS.get(category) ?? humanise(category);
}

export function CategoryIcon({ category, className }: { category: string; className?: string }) {
  return createElement(ICON_OF.get(category) ?? CircleHelp, {
    className: cn('size-3.5 shrink-0 text-faint', className),
    'aria-hidden': true,
  });
}

/** A category as icon and words. */
export function CategoryLabel({ category, className }: { category: string; className?: string }) {
  return (
    <span className={cn('inline-flex min-w-0 items-baseline gap-1.5', className)}>
      <CategoryIcon category={category} className="self-center" />
      <span className="min-w-0 overflow-clip text-ellipsis whitespace-nowrap">{categoryName(category)}</span>
    </span>
  );
}
