import { defineEvent } from '../define';
import { expected, int, payload, text } from '../fields';

export const LEADER_ELECTION_EVENTS = [
  defineEvent({
    name: 'LEADER_ELECTED',
    dataValue: 'leader_elected',
    category: 'leader_election',
    severity: 'info',
    documented: 'key_fields',
    description: 'The peers have a leader for a new term.',
    schema: payload({ leader_id: text(), term: int(), previous_leader: expected(text()) }),
    keyFields: ['leader_id', 'term'],
    producers: ['P2POrchestrator'],
    consumers: [],
    emit: [],
  }),
  defineEvent({
    name: 'LEADER_LOST',
    dataValue: 'leader_lost',
    category: 'leader_election',
    severity: 'error',
    documented: 'key_fields',
    description: 'The leader of the peers is gone.',
    schema: payload({ previous_leader: text(), reason: text() }),
    keyFields: ['previous_leader', 'reason'],
    producers: ['P2POrchestrator'],
    consumers: [],
    emit: [],
  }),
  defineEvent({
    name: 'LEADER_STEPDOWN',
    dataValue: 'leader_stepdown',
    category: 'leader_election',
    severity: 'warning',
    documented: 'key_fields',
    description: 'The leader hands its role back.',
    schema: payload({ reason: text(), leader_id: expected(text()), term: expected(int()) }),
    keyFields: ['reason'],
    producers: [],
    consumers: [],
    emit: [],
  }),
] as const;
