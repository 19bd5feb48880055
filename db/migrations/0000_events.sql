CREATE TABLE `bridge_cursors` (
	`bridge` text PRIMARY KEY NOT NULL,
	`incarnation` text NOT NULL,
	`read_row_id` integer NOT NULL,
	`forwarded_seq` integer NOT NULL,
	`forwarded_row_id` integer NOT NULL,
	`backfill` text
);
--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`kind` text NOT NULL,
	`reason` text NOT NULL,
	`content` text NOT NULL,
	`event_type` text,
	`event_id` text,
	`source` text NOT NULL,
	`reference` text,
	`at` real NOT NULL,
	`status` text DEFAULT 'open' NOT NULL
);
--> statement-breakpoint
CREATE INDEX `dead_letters_status` ON `dead_letters` (`status`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `dead_letters_row` ON `dead_letters` (`event_id`) WHERE kind = 'row';--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`event_id` blob NOT NULL,
	`event_type` text NOT NULL,
	`wire_type` text,
	`payload` text NOT NULL,
	`source` text NOT NULL,
	`hostname` text NOT NULL,
	`origin` text NOT NULL,
	`timestamp` real NOT NULL,
	`received_at` real NOT NULL,
	`content_hash` blob NOT NULL,
	`correlation_id` text,
	`parent_event_id` text,
	`duplicate_of` blob,
	`queue_event_id` integer,
	`idempotency_key` text,
	`outbound` integer NOT NULL,
	`category` text NOT NULL,
	`severity` text NOT NULL,
	`config` text,
	`node` text,
	`model` text,
	`drift` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_event_id` ON `events` (`event_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `events_idempotency_key` ON `events` (`idempotency_key`) WHERE idempotency_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `events_outbound` ON `events` (`seq`) WHERE outbound = 1;--> statement-breakpoint
CREATE INDEX `events_timestamp` ON `events` (`timestamp`);--> statement-breakpoint
CREATE INDEX `events_severity` ON `events` (`severity`) WHERE severity IN ('warning', 'error', 'critical');--> statement-breakpoint
CREATE TABLE `state_snapshots` (
	`name` text PRIMARY KEY NOT NULL,
	`version` text NOT NULL,
	`seq` integer NOT NULL,
	`taken_at` real NOT NULL,
	`data` blob NOT NULL
);
