import { NothingHere } from '@/components/shell/page/nothing-here';

export default function EventNotFound() {
  return (
    <NothingHere
      title="No such event"
      lead="This history has no event with that id or seq. It may belong to another server, or have been removed since."
      href="/events"
      all="All events"
    />
  );
}
