-- The words of each event, keyed by events.seq. Contentless: the text itself is in `events`, so it is not stored twice.
CREATE VIRTUAL TABLE events_fts USING fts5(
  event_type, category, source, node, config, model, payload,
  content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
);
