-- What readers see differently since: one row for each commit that changed something they are shown, with the names of
-- what changed (see store/pulse.rs). Servers that keep pages read it to know which to forget; old rows are taken away.
CREATE TABLE pulses (
  number BIGINT NOT NULL PRIMARY KEY,
  changed TEXT NOT NULL
);
