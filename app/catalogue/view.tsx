'use client';

import { useQueryState } from 'nuqs';
import { LoopPanel, PipelinePanel } from '@/app/_overview/flow-panels';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/controls/tabs';
import type { CatalogueEntry } from './entries';
import { catalogueParams } from './search-params';
import { TypeList } from './type-list';

/** The types, and the three flows that they make up. */
export function CatalogueView({ entries }: { entries: readonly CatalogueEntry[] }) {
  const [view, setView] = useQueryState('view', catalogueParams.view);
  return (
    <Tabs value={view} onValueChange={(value) => void setView(value === 'flows' ? 'flows' : 'types')}>
      <TabsList aria-label="What of the catalogue">
        <TabsTrigger value="types">Types</TabsTrigger>
        <TabsTrigger value="flows">Flows</TabsTrigger>
      </TabsList>
      <TabsContent value="types" className="flex min-w-0 flex-col gap-3 pt-3">
        <TypeList entries={entries} />
      </TabsContent>
      <TabsContent value="flows" className="flex min-w-0 flex-col gap-3 pt-3">
        <PipelinePanel />
        <LoopPanel flow="quality" />
        <LoopPanel flow="recovery" />
      </TabsContent>
    </Tabs>
  );
}
