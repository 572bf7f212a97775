# Echo server over Mojolicious: perl-mojolicious.pl PORT
use Mojolicious::Lite -signatures;
use Mojo::Server::Daemon;

my $largest_message = 64 * 1024 * 1024;

websocket '/' => sub ($c) {
    $c->tx->with_compression;
    $c->tx->max_websocket_size($largest_message);
    $c->inactivity_timeout(300);
    $c->on(text   => sub ($c, $bytes) { $c->send({text   => $bytes}) });
    $c->on(binary => sub ($c, $bytes) { $c->send({binary => $bytes}) });
};

app->mode('production');
app->log->level('fatal');
Mojo::Server::Daemon->new(app => app, listen => ["http://127.0.0.1:$ARGV[0]"], silent => 1)->run;
