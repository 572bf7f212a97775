%% Echo server over Yaws, embedded: erl -run yaws_echo start PORT
-module(yaws_echo).
-export([start/1, out/1, handle_message/1]).

-define(LARGEST_MESSAGE, 64 * 1024 * 1024).

start([Port]) ->
    Server = [{port, list_to_integer(Port)}, {listen, {127, 0, 0, 1}}, {appmods, [{"/", ?MODULE}]},
              {flags, [{access_log, false}, {auth_log, false}]}],
    Global = [{flags, [{copy_errlog, false}]}],
    ok = yaws:start_embedded(filename:dirname(code:which(?MODULE)), Server, Global, "echo").

out(_Request) ->
    {websocket, ?MODULE, [{origin, any}, {keepalive, false}, {max_frame_size, ?LARGEST_MESSAGE},
                          {max_message_size, ?LARGEST_MESSAGE}]}.

handle_message({text, Message}) -> {reply, {text, Message}};
handle_message({binary, Message}) -> {reply, {binary, Message}};
handle_message({close, Status, _Reason}) -> {close, Status}.
