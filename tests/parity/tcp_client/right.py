import socket


def ask(port, question):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(question.encode() + b"\n")
        connection.shutdown(socket.SHUT_WR)
        answer = b""
        while piece := connection.recv(4096):
            answer += piece
    return answer.decode().rstrip("\n")


def talk(port, lines):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        with connection.makefile("rw", encoding="utf-8", newline="\n") as stream:
            found = []
            for line in lines:
                stream.write(line + "\n")
                stream.flush()
                found.append(stream.readline().strip())
            return found
