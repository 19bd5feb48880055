CREATE TABLE `view_stars` (
	`view_id` integer NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`view_id`, `user_id`)
);
--> statement-breakpoint
ALTER TABLE `saved_views` ADD `author_id` text;--> statement-breakpoint
INSERT INTO `view_stars` (`view_id`, `user_id`) SELECT `id`, 'local' FROM `saved_views` WHERE `starred` = 1;
--> statement-breakpoint
ALTER TABLE `saved_views` DROP COLUMN `starred`;
