import Foundation
import TestSupport
import Testing

@testable import SentenceEmbedding

struct SafetensorsFileTests {
    private static func file(header: String, data: Int) -> [UInt8] {
        let length = UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * UInt64($0))) } + Array(header.utf8)
            + [UInt8](repeating: 0, count: data)
    }

    private static func tensor(_ name: String, _ shape: String, _ from: Int, _ to: Int, type: String = "F32") -> String
    {
        #""\#(name)":{"dtype":"\#(type)","shape":\#(shape),"data_offsets":[\#(from),\#(to)]}"#
    }

    @Test("a sound file gives its tensors, at any alignment of the data", arguments: 0..<4)
    func sound(shift: Int) throws {
        let scratch = try TemporaryDirectory()
        let tensors = Self.tensor("a", "[2,1]", 0, 8) + "," + Self.tensor("b", "[]", 8, 12)
        let header = "{" + tensors + #","__metadata__":{"k":"v"}}"# + String(repeating: " ", count: shift)
        var bytes = Self.file(header: header, data: 12)
        let start = bytes.count - 12
        for (index, value) in [Float(1), -2, 0.5].enumerated() {
            withUnsafeBytes(of: value.bitPattern.littleEndian) { raw in
                bytes.replaceSubrange(start + 4 * index..<start + 4 * index + 4, with: raw)
            }
        }
        let file = try SafetensorsFile(path: scratch.write(bytes, to: "model.safetensors"))
        #expect(try TestModel.array(file.floats("a", shape: [2, 1])) == [1, -2])
        #expect(try TestModel.array(file.floats("b", shape: [])) == [0.5])
    }

    private static let faults: [(String, [UInt8])] = [
        ("is empty", []),
        ("too few", [1, 2, 3]),
        ("header's length", [255, 255, 255, 255, 255, 255, 255, 255]),
        ("header's length", file(header: "{}", data: 0).dropLast()),
        ("not JSON", file(header: "PK!!", data: 9)),
        ("not an object", file(header: "[]", data: 0)),
        ("dtype", file(header: "{" + tensor("a", "[1]", 0, 4, type: "Q4") + "}", data: 4)),
        ("dtype", file(header: #"{"a":3}"#, data: 0)),
        ("shape", file(header: "{" + tensor("a", "[-1]", 0, 4) + "}", data: 4)),
        ("shape", file(header: "{" + tensor("a", "[1.5]", 0, 4) + "}", data: 4)),
        ("shape", file(header: "{" + tensor("a", "7", 0, 4) + "}", data: 4)),
        ("truncated", file(header: "{" + tensor("a", "[2]", 0, 8) + "}", data: 7)),
        ("truncated", file(header: "{" + tensor("a", "[2]", 8, 0) + "}", data: 8)),
        ("needs", file(header: "{" + tensor("a", "[3]", 0, 8) + "}", data: 8)),
        ("impossible", file(header: "{" + tensor("a", "[4294967296,4294967296]", 0, 8) + "}", data: 8)),
        ("overlap", file(header: "{" + tensor("a", "[2]", 0, 8) + "," + tensor("b", "[2]", 4, 12) + "}", data: 12)),
        ("gap", file(header: "{" + tensor("a", "[1]", 4, 8) + "}", data: 8)),
        ("belong to no tensor", file(header: "{" + tensor("a", "[1]", 0, 4) + "}", data: 8)),
    ]

    @Test("an unsound file is refused with its name and the fault", arguments: faults)
    func unsound(fault: String, bytes: [UInt8]) throws {
        let scratch = try TemporaryDirectory()
        let path = try scratch.write(bytes, to: "model.safetensors")
        let error = #expect(throws: EmbeddingError.self) { try SafetensorsFile(path: path) }
        #expect(error?.code == .badModel)
        #expect(error?.message.contains(path) == true)
        #expect(error?.message.contains(fault) == true, "\(error?.message ?? "")")
    }

    @Test("a real file cut at any of many places is refused")
    func truncated() throws {
        let scratch = try TemporaryDirectory()
        let whole = try Array(Data(contentsOf: URL(fileURLWithPath: TestModel.tinyFolder + "/model.safetensors")))
        for length in stride(from: 0, to: whole.count, by: 997) {
            let path = try scratch.write(Array(whole.prefix(length)), to: "model.safetensors")
            #expect(throws: EmbeddingError.self, "cut at \(length)") { try SafetensorsFile(path: path) }
        }
    }

    @Test("a missing file, and a folder in its place, are told apart")
    func missing() throws {
        let scratch = try TemporaryDirectory()
        let absent = #expect(throws: EmbeddingError.self) { try SafetensorsFile(path: scratch.path + "/none") }
        #expect(absent?.code == .missingModel)
        let folder = #expect(throws: EmbeddingError.self) { try SafetensorsFile(path: scratch.path) }
        #expect(folder?.code == .badModel)
    }

    @Test("a tensor of another name, type or shape is refused")
    func wrongTensor() throws {
        let scratch = try TemporaryDirectory()
        let header = "{" + Self.tensor("a", "[2]", 0, 8) + "," + Self.tensor("h", "[2]", 8, 12, type: "F16") + "}"
        let file = try SafetensorsFile(
            path: scratch.write(Self.file(header: header, data: 12), to: "model.safetensors"))
        for (name, shape, fault) in [("c", [2], "no tensor c"), ("h", [2], "F16"), ("a", [1, 2], "[1, 2]")] {
            let error = #expect(throws: EmbeddingError.self) { try file.floats(name, shape: shape) }
            #expect(error?.message.contains(fault) == true)
        }
    }
}
