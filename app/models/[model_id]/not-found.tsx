'use client';

import { useParams } from 'next/navigation';
import { ComesLater } from '@/app/_client/live/comes-later';
import { modelIdOf } from '@/components/models/href';
import { NothingHere } from '@/components/shell/page/nothing-here';

export default function ModelNotFound() {
  const { model_id: segment } = useParams<{ model_id?: string }>();
  const id = segment === undefined ? null : modelIdOf(segment);
  return (
    <>
      <NothingHere
        title="No such model"
        lead="No event in this history names a model with that id; the page opens once one does. It may belong to another server, or the link may be cut off."
        href="/models"
        all="All models"
      />
      {id !== null && <ComesLater topic="models.models" id={id} />}
    </>
  );
}
