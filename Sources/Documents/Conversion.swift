import Foundation

/// One file on its way to text: the file, the tools, and the time that is left.
struct Conversion: Sendable {
    let file: UploadedFile
    let tools: ConversionTools
    /// When everything but optical character recognition has to be done.
    let deadline: ContinuousClock.Instant

    init(_ file: UploadedFile, tools: ConversionTools) {
        self.file = file
        self.tools = tools
        deadline = .now + .seconds(tools.limits.seconds)
    }

    var fileExtension: String { FileName.fileExtension(file.name) }

    /// Name of the uploaded file inside a scratch folder.
    static let input = "input"

    /// A folder with the uploaded file in it.
    func scratch() throws(ConversionRefusal) -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write(file.bytes, to: Self.input)
        return folder
    }

    /// Runs a program in isolation and returns what it wrote.
    ///
    /// - Parameters:
    ///   - folder: all that the program can read beside programs and libraries; it starts there.
    ///   - accepts: exit statuses that are no failure.
    ///   - refusal: the reason when the program fails; limits have reasons of their own.
    func output(
        of program: ConverterProgram, _ arguments: [String], in folder: ScratchFolder, accepts: Set<Int32> = [0],
        deadline: ContinuousClock.Instant? = nil, else refusal: ConversionRefusal
    ) async throws(ConversionRefusal) -> [UInt8] {
        guard let path = program.path else { throw .missingProgram(fileExtension, program.name, program.package) }
        let limits = tools.limits
        let end = await ChildProcess.run(
            ChildProcess.Command(
                program: tools.launcher,
                arguments: ["isolate", folder.path, String(limits.seconds), String(limits.memory), path] + arguments,
                environment: ["LC_ALL=C.UTF-8"], outputLimit: limits.output, deadline: deadline ?? self.deadline))
        if case .exited(let status) = end.cause, accepts.contains(status) { return end.output }
        throw reason(end, program, refusal)
    }

    private func reason(
        _ end: ProcessEnd, _ program: ConverterProgram, _ refusal: ConversionRefusal
    ) -> ConversionRefusal {
        switch end.cause {
        case .cancelled: return .cancelled
        case .late: return .tooSlow(file.name, tools.limits.seconds)
        case .tooMuchOutput: return .tooMuchOutput(file.name, tools.limits.output >> 20)
        case .exited, .signalled, .notStarted: break
        }
        if end.ranOutOfMemory { return .tooMuchMemory(file.name, tools.limits.memory >> 20) }
        // How the kernel ends it at its limit of processor time.
        if [.signalled(SIGXCPU), .signalled(SIGKILL)].contains(end.cause) {
            return .tooSlow(file.name, tools.limits.seconds)
        }
        let isOurs = end.cause == .exited(Isolation.failureStatus) || end.cause == .notStarted
        // What a converter says may quote the document.
        tools.report(program.name, "\(end.cause)" + (isOurs ? ": \(end.errors.trimmed)" : ""))
        return isOurs ? .processing : refusal
    }

    /// The text, or the refusal of one that is empty or blank.
    func nonEmpty(_ text: String) throws(ConversionRefusal) -> String {
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw .noText(fileName: file.name)
        }
        return text
    }
}
