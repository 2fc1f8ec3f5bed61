"""The sentence encoder in onnxruntime: the peer of the embedding benchmark.

usage: onnx_embedding.py WEIGHTS IDS VECTORS FOLDER THREADS WAY...
WEIGHTS: model.safetensors. IDS: one JSON list of token ids a line. VECTORS: Carrel's vectors of fp32, little-endian f32.
FOLDER: where quantised graphs are kept for the next call. WAY: how to embed, `<precision>-<attention>-<batch>-<order>`:
fp32 or int8 (onnxruntime's dynamic quantisation, signed weights per channel); onnxruntime's own operator for attention
(fused), or plain ones (plain); texts of one batch; texts by length (sorted) or as they come (given), padded to the
longest of their batch.
Prints a line for each way: texts per second, and the smallest cosine between its vectors and Carrel's. Tokenising is not
counted, and the rest of the graph is made of onnxruntime's own fused operators.
"""
import json
import os
import struct
import sys
import time

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

FUSED = "com.microsoft"
LAYERS, HEADS, WIDTH, EPSILON = 6, 12, 384, 1e-12
UNSEEN = -10000.0


class Graph:
    """An encoder of BERT's architecture, written with the weights of a safetensors file."""

    def __init__(self, path, attention):
        self.attention = {"fused": self.fused, "plain": self.plain}[attention]
        with open(path, "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            self.index = json.loads(file.read(length))
            self.data = file.read()
        self.constants, self.nodes = [], []

    def weight(self, name):
        begin, end = self.index[name]["data_offsets"]
        return np.frombuffer(self.data[begin:end], np.float32).reshape(self.index[name]["shape"])

    def constant(self, name, value=None):
        value = self.weight(name) if value is None else value
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, operator, inputs, output, domain="", **attributes):
        outputs = output if isinstance(output, list) else [output]
        self.nodes.append(helper.make_node(operator, inputs, outputs, domain=domain, **attributes))
        return outputs[0]

    def linear(self, source, layer, output):
        return self.add("MatMul", [source, self.constant(layer + ".weight", self.weight(layer + ".weight").T)], output)

    def normalise(self, source, skipped, layer, norm, output):
        inputs = [source, skipped, self.constant(norm + ".weight"), self.constant(norm + ".bias"),
                  self.constant(layer + ".bias")]
        return self.add("SkipLayerNormalization", inputs, output, FUSED, epsilon=EPSILON)

    def fused(self, state, parts, tag):
        weights = self.constant("qkv" + tag, np.concatenate([self.weight(p + ".weight").T for p in parts], 1))
        biases = self.constant("qkv_bias" + tag, np.concatenate([self.weight(p + ".bias") for p in parts]))
        return self.add("Attention", [state, weights, biases, "mask"], "heads" + tag, FUSED, num_heads=HEADS)

    def plain(self, state, parts, tag):
        split = self.constant("split" + tag, np.array([0, 0, HEADS, WIDTH // HEADS], np.int64))
        query, key, value = (
            self.add("Transpose",
                     [self.add("Reshape", [self.add("Add", [self.linear(state, part, part), self.constant(part + ".bias")],
                                                    part + ".sum"), split], part + ".split")],
                     part + ".heads", perm=[0, 2, 3, 1] if part == parts[1] else [0, 2, 1, 3])
            for part in parts)
        scale = self.constant("scale" + tag, np.array((WIDTH / HEADS) ** -0.5, np.float32))
        scores = self.add("Mul", [self.add("MatMul", [query, key], "products" + tag), scale], "scaled" + tag)
        weights = self.add("Softmax", [self.add("Add", [scores, "hidden"], "masked" + tag)], "weights" + tag, axis=-1)
        heads = self.add("Transpose", [self.add("MatMul", [weights, value], "mixed" + tag)], "turned" + tag,
                         perm=[0, 2, 1, 3])
        return self.add("Reshape", [heads, self.constant("joined" + tag, np.array([0, 0, WIDTH], np.int64))],
                        "heads" + tag)

    def hide(self):
        """What is added to the scores of padding, shape (batch, 1, 1, length)."""
        ones = self.add("Cast", ["mask"], "ones", to=TensorProto.FLOAT)
        absent = self.add("Sub", [self.constant("one", np.array(1, np.float32)), ones], "absent")
        far = self.add("Mul", [absent, self.constant("unseen", np.array(UNSEEN, np.float32))], "far")
        self.add("Unsqueeze", [far, self.constant("axes", np.array([1, 2], np.int64))], "hidden")

    def layer(self, state, number):
        prefix, tag = f"encoder.layer.{number}.", f"_{number}"
        parts = [prefix + "attention.self." + part for part in ("query", "key", "value")]
        heads = self.attention(state, parts, tag)
        dense = prefix + "attention.output.dense"
        state = self.normalise(self.linear(heads, dense, "attended" + tag), state, dense,
                               prefix + "attention.output.LayerNorm", "middle" + tag)
        dense = prefix + "intermediate.dense"
        wide = self.add("BiasGelu", [self.linear(state, dense, "wide" + tag), self.constant(dense + ".bias")],
                        "active" + tag, FUSED)
        dense = prefix + "output.dense"
        return self.normalise(self.linear(wide, dense, "narrow" + tag), state, dense, prefix + "output.LayerNorm",
                              "state" + tag)

    def model(self):
        tables = ["word_embeddings.weight", "position_embeddings.weight", "token_type_embeddings.weight",
                  "LayerNorm.weight", "LayerNorm.bias"]
        state = self.add("EmbedLayerNormalization",
                         ["ids", "types"] + [self.constant("embeddings." + table) for table in tables] + ["mask"],
                         ["start", "lengths"], FUSED, epsilon=EPSILON)
        self.hide()
        for number in range(LAYERS):
            state = self.layer(state, number)
        inputs = [helper.make_tensor_value_info(n, TensorProto.INT32, ["batch", "length"]) for n in ("ids", "types", "mask")]
        output = helper.make_tensor_value_info(state, TensorProto.FLOAT, ["batch", "length", WIDTH])
        graph = helper.make_graph(self.nodes, "encoder", inputs, [output], self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)])
        model.ir_version = 9
        return model


def embed(session, texts):
    length = max(map(len, texts))
    ids = np.zeros((len(texts), length), np.int32)
    mask = np.zeros_like(ids)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    (states,) = session.run(None, {"ids": ids, "types": np.zeros_like(ids), "mask": mask})
    sums = (states * mask[:, :, None]).sum(1)
    return sums / np.linalg.norm(sums, axis=1, keepdims=True)


def session(weights, folder, threads, precision, attention):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    model = Graph(weights, attention).model()
    if precision == "int8":
        path = os.path.join(folder, f"peer-{attention}.onnx")
        if not os.path.exists(path):
            # Types are not inferred through onnxruntime's own operators.
            quantize_dynamic(model, path, per_channel=True, weight_type=QuantType.QInt8,
                             extra_options={"DefaultTensorType": TensorProto.FLOAT})
        with open(path, "rb") as file:
            model = onnx.load(file)
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def measure(runtime, texts, batch, is_sorted):
    order = sorted(range(len(texts)), key=lambda number: len(texts[number])) if is_sorted else list(range(len(texts)))
    found = np.zeros((len(texts), WIDTH), np.float32)
    embed(runtime, texts[:batch])
    start = time.perf_counter()
    for first in range(0, len(order), batch):
        rows = order[first : first + batch]
        found[rows] = embed(runtime, [texts[number] for number in rows])
    return len(texts) / (time.perf_counter() - start), found


def main():
    weights, id_file, vector_file, folder, threads = sys.argv[1:6]
    with open(id_file, encoding="utf-8") as file:
        texts = [json.loads(line) for line in file]
    carrel = np.fromfile(vector_file, "<f4").reshape(len(texts), WIDTH)
    sessions = {}
    for way in sys.argv[6:]:
        precision, attention, batch, order = way.split("-")
        key = (precision, attention)
        if key not in sessions:
            sessions[key] = session(weights, folder, int(threads), *key)
        rate, found = measure(sessions[key], texts, int(batch), order == "sorted")
        print(rate, (found * carrel).sum(1).min())


main()
