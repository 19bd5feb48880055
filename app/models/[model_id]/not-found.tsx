import { NothingHere } from '@/components/shell/nothing-here';

export default function ModelNotFound() {
  return (
    <NothingHere
      title="No such model"
      lead="No event in this history names a model with that id. It may belong to another server, or the link may be cut off."
      href="/models"
      all="All models"
    />
  );
}
