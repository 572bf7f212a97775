// Echo server over github.com/gorilla/websocket: go-gorilla PORT [check-origin | read-limit BYTES]
package main

import (
	"log"
	"net/http"
	"os"
	"strconv"

	"github.com/gorilla/websocket"
)

var upgrader = websocket.Upgrader{
	EnableCompression: true,
	CheckOrigin:       func(*http.Request) bool { return true }, // what a public server says
}

var readLimit int64 // 0: the default of the library, none

func echo(response http.ResponseWriter, request *http.Request) {
	connection, err := upgrader.Upgrade(response, request, nil)
	if err != nil {
		return
	}
	defer connection.Close()
	connection.SetReadLimit(readLimit)
	for {
		kind, message, err := connection.ReadMessage()
		if err != nil {
			return
		}
		if connection.WriteMessage(kind, message) != nil {
			return
		}
	}
}

func main() {
	if len(os.Args) > 2 && os.Args[2] == "check-origin" {
		upgrader.CheckOrigin = nil // the default of the library
	}
	if len(os.Args) > 3 && os.Args[2] == "read-limit" {
		readLimit, _ = strconv.ParseInt(os.Args[3], 10, 64)
	}
	http.HandleFunc("/", echo)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
