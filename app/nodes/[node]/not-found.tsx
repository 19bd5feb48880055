import { NothingHere } from '@/components/shell/nothing-here';

export default function NodeNotFound() {
  return (
    <NothingHere
      title="No such node"
      lead="No event has named a node like that. It may be spelt otherwise, or have been dropped as the longest silent of more than 5,000."
      href="/nodes"
      all="All nodes"
    />
  );
}
