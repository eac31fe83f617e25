import { useState } from 'preact/hooks';
import type { Directory } from '../directory/directory';
import { self } from '../session/session';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { PeopleList } from './People';

/** Everybody who is here, to begin a conversation with one of them. */
export function NewMessage({ directory, onClose }: { directory: Directory; onClose: () => void }) {
  const [search, setSearch] = useState('');
  const wanted = search.toLocaleLowerCase();
  const people = [...directory.clients.value.values()].filter(
    ({ name, nickname, uuid }) =>
      uuid !== self.value?.uuid && `${name}\n${nickname ?? ''}`.toLocaleLowerCase().includes(wanted),
  );
  return (
    <Dialog title="Message a person" onClose={onClose}>
      <div class="stack">
        <Field
          label="Search"
          value={search}
          onValue={setSearch}
          autocomplete="off"
          autofocus
          hint="Part of a name or nickname."
        />
        {people.length === 0 ? (
          <p class="muted">{search === '' ? 'Nobody else is here at present.' : 'Nobody here is called that.'}</p>
        ) : (
          <PeopleList people={people} onChosen={onClose} />
        )}
      </div>
    </Dialog>
  );
}
