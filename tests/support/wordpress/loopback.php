<?php
// A plug-in: lets WordPress fetch from a server on this machine, which it takes for an attack, and
// keeps its pages from loading from others. It changes nothing of how an address is embedded.
add_filter('http_request_host_is_external', '__return_true');
add_filter('http_allowed_safe_ports', fn () => range(1, 65535));
remove_action('wp_head', 'print_emoji_detection_script', 7);
remove_action('admin_print_scripts', 'print_emoji_detection_script');
add_filter('pre_get_avatar_data', fn ($data) => ['url' => ''] + $data);

// The theme that the address of a page asks for.
foreach (['template', 'stylesheet'] as $option) {
    add_filter("pre_option_$option", fn ($theme) => $_GET['theme'] ?? $theme);
}
