CREATE TABLE `event_values` (
	`id` integer PRIMARY KEY NOT NULL,
	`data` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `value_paths` (
	`id` integer PRIMARY KEY NOT NULL,
	`path` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `value_paths_path_unique` ON `value_paths` (`path`);--> statement-breakpoint
CREATE TABLE `value_stripes` (
	`stripe` integer PRIMARY KEY NOT NULL,
	`paths` text NOT NULL,
	`omitted` blob
);
