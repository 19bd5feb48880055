CREATE TABLE `removed_counts` (
	`unit` integer NOT NULL,
	`bucket` integer NOT NULL,
	`event_type` text NOT NULL,
	`category` text NOT NULL,
	`events` integer NOT NULL,
	PRIMARY KEY(`unit`, `bucket`, `event_type`, `category`)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`changed_at` real NOT NULL,
	`changed_by` text NOT NULL
);
