import { defineEvent } from '../define';
import { expected, int, payload, text } from '../fields';

export const CHECKPOINT_EVENTS = [
  defineEvent({
    name: 'CHECKPOINT_SAVED',
    dataValue: 'checkpoint_saved',
    category: 'checkpoint',
    severity: 'debug',
    documented: 'key_fields',
    description: 'A running job has written a state that it can return to.',
    schema: payload({ checkpoint_path: text(), epoch: int(), config_key: expected(text()) }),
    keyFields: ['checkpoint_path', 'epoch'],
    producers: ['train'],
    consumers: [],
    emit: [],
  }),
  defineEvent({
    name: 'CHECKPOINT_LOADED',
    dataValue: 'checkpoint_loaded',
    category: 'checkpoint',
    severity: 'info',
    documented: 'key_fields',
    description: 'A job goes on from a saved state.',
    schema: payload({ checkpoint_path: text(), epoch: expected(int()), config_key: expected(text()) }),
    keyFields: ['checkpoint_path'],
    producers: [],
    consumers: [],
    emit: [],
  }),
] as const;
