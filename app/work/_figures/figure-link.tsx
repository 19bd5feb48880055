'use client';

import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { createSerializer, type inferParserType } from 'nuqs';
import type { ReactNode } from 'react';
import { workSearch } from '../search-params';

const serialize = createSerializer(workSearch);
const NOTHING_OPEN = { state: null, type: null, node: null, item: null, tasks: null, task: null };

/** A figure that leads to what it counts: a tab of this page with its filters, at the same config and time range. */
export function FigureLink({
  to,
  title,
  children,
}: {
  to: Partial<inferParserType<typeof workSearch>>;
  title: string;
  children: ReactNode;
}) {
  const params = useSearchParams();
  const hash = to.state === undefined ? '' : '#pieces-of-work';
  return (
    <Link
      href={`/work${serialize(new URLSearchParams(params), { ...NOTHING_OPEN, ...to })}${hash}`}
      title={title}
      className="rounded-sm hover:text-accent hover:underline hover:underline-offset-4"
    >
      {children}
    </Link>
  );
}
