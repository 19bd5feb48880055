CREATE TABLE `event_blocks` (
	`block` integer PRIMARY KEY NOT NULL,
	`events` integer NOT NULL,
	`first_at` real,
	`last_at` real,
	`names` text NOT NULL,
	`codes` blob NOT NULL,
	`times` blob NOT NULL
);
