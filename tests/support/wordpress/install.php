<?php
// Sets a site up, with the password that it is given.
define('WP_INSTALLING', true);
function wp_new_blog_notification() {} // no mail
$database = new mysqli(null, 'root', '', null, 0, getenv('WORDPRESS_SOCKET'));
$database->query('CREATE DATABASE wordpress CHARACTER SET utf8mb4');
require getcwd() . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Host', 'admin', 'admin@host.example', true, '', $argv[1]);
update_option('permalink_structure', ''); // one address for a post, whatever is asked of it
// Its pictures would come from another host.
update_user_meta(1, 'wp_persisted_preferences', [
    'core/edit-post' => ['welcomeGuide' => false],
    '_modified' => gmdate('c'),
]);
