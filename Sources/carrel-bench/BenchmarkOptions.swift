import ArgumentParser

/// What every benchmark may be told.
struct BenchmarkOptions: ParsableArguments {
    @Option(help: "The program under test.")
    var carrel = ".build/release/carrel"

    @Option(help: "The built Peers/echo.c.")
    var echo = ".carrel/bench/echo"

    @Option(help: "The built Peers/chat.c.")
    var chat = ".carrel/bench/chat"

    @Option(help: "The built Peers/paced.c.")
    var paced = ".carrel/bench/paced"

    @Option(help: "Folder for everything that is made at run time.")
    var state = ".carrel/bench"

    @Option(help: "Folder of the native embedder's files.")
    var model = ".carrel/model"

    @Option(help: "Python with onnx, onnxruntime, faiss-cpu and hnswlib; without it these peers are left out.")
    var peersPython: String?

    @Option(help: "Connections of the load generator.")
    var connections = 16

    @Option(help: "Seconds of load in one round.")
    var seconds = 4

    @Option(help: "Rounds; Carrel and its peer take turns in each.")
    var rounds = 5

    @Option(help: "Streams held open at once.")
    var streams = 1000

    @Option(help: "Markdown file that gets the table of a run of all benchmarks, between its benchmark markers.")
    var readme: String?

    @Flag(help: "Print the table in Markdown.")
    var markdown = false

    func validate() throws {
        guard connections > 0, seconds > 0, rounds > 0, streams > 0 else {
            throw ValidationError("Connections, seconds, rounds and streams must be at least 1.")
        }
    }
}
