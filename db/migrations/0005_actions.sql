CREATE TABLE `actions` (
	`id` integer PRIMARY KEY NOT NULL,
	`action_id` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`at` real NOT NULL,
	`actor_kind` text NOT NULL,
	`actor` text NOT NULL,
	`address` text NOT NULL,
	`subject` text,
	`config` text,
	`reason` text NOT NULL,
	`event_type` text NOT NULL,
	`input` text NOT NULL,
	`evidence` text NOT NULL,
	`previous` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `actions_action_id` ON `actions` (`action_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `actions_key` ON `actions` (`key`);--> statement-breakpoint
CREATE INDEX `actions_subject` ON `actions` (`subject`);--> statement-breakpoint
-- Append-only: what an operator did is never rewritten, not even by mistake. drizzle has no notion of triggers.
CREATE TRIGGER `actions_no_update` BEFORE UPDATE ON `actions` BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;--> statement-breakpoint
CREATE TRIGGER `actions_no_delete` BEFORE DELETE ON `actions` BEGIN SELECT RAISE(ABORT, 'actions are append-only'); END;
