-- Echo server over the Haskell library websockets: haskell-websockets PORT
module Main (main) where

import Control.Exception (handle)
import Control.Monad (forever)
import Network.WebSockets
import System.Environment (getArgs)

echo :: ServerApp
echo pending = do
    connection <- acceptRequest pending
    handle gone . forever $ receiveDataMessage connection >>= sendDataMessage connection . again
  where
    gone :: ConnectionException -> IO ()
    gone _ = return ()
    again (Text bytes _) = Text bytes Nothing
    again message = message

main :: IO ()
main = do
    [port] <- getArgs
    runServerWithOptions (options (read port)) echo
  where
    options port = defaultServerOptions
        { serverHost = "127.0.0.1", serverPort = port, serverConnectionOptions = connectionOptions }
    connectionOptions = defaultConnectionOptions
        { connectionCompressionOptions = PermessageDeflateCompression defaultPermessageDeflate
        , connectionStrictUnicode = True
        }
