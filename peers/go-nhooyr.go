// Echo server over nhooyr.io/websocket: go-nhooyr PORT
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"nhooyr.io/websocket"
)

var options = websocket.AcceptOptions{
	InsecureSkipVerify: true, // any Origin, what a public server says
	CompressionMode:    websocket.CompressionContextTakeover,
}

func echo(response http.ResponseWriter, request *http.Request) {
	connection, err := websocket.Accept(response, request, &options)
	if err != nil {
		return
	}
	defer connection.Close(websocket.StatusInternalError, "")
	connection.SetReadLimit(64 << 20)
	for {
		kind, message, err := connection.Read(context.Background())
		if err != nil {
			return
		}
		if connection.Write(context.Background(), kind, message) != nil {
			return
		}
	}
}

func main() {
	http.HandleFunc("/", echo)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
