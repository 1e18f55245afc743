<?php
// Publishes what it reads, and prints the number of the post.
require getcwd() . '/wp-load.php';
wp_set_current_user(1);
echo wp_insert_post([
    'post_title' => 'A post',
    'post_content' => wp_slash(stream_get_contents(STDIN)),
    'post_status' => 'publish',
]);
