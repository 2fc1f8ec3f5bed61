import Foundation

/// Programs that run to their end.
struct Tool {
    /// Folder for what they write.
    let folder: String

    /// - Returns: standard output.
    /// - Throws: ``BenchmarkFailure`` with what the program wrote when its exit status is not 0.
    @discardableResult
    func run(_ arguments: [String], environment: [String: String] = [:]) throws -> String {
        let (output, errors) = ("\(folder)/tool.out", "\(folder)/tool.err")
        let status = try ChildProcess(arguments, environment: environment, log: output, errors: errors).wait()
        let text = try String(contentsOfFile: output, encoding: .utf8)
        guard status == 0 else {
            let message = try String(contentsOfFile: errors, encoding: .utf8)
            throw BenchmarkFailure("\(arguments.first ?? "") failed (\(status)): \((text + message).suffix(2000))")
        }
        return text
    }
}
