#!/usr/bin/env python3
"""Makes the cases of this folder: small Caffe networks with weights of chance, an input, and what OpenCV computes of it.

Needs python3-opencv (4.6 was used). OpenCV's LRN leaves k out, so every LRN here has k = 1, and fusion is off, so that
layers are computed as they are written. A case is a folder with net.prototxt, net.caffemodel and values.json.
"""
import base64
import json
import os
import shutil

import cv2
import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))


def varint(value):
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number, content):
    return varint(number << 3 | 2) + varint(len(content)) + content


class Net:
    """A prototxt and its weights, layer by layer; every method gives the name of the top."""

    def __init__(self, name, **inputs):
        self.name, self.inputs, self.text, self.model = name, inputs, [], field(1, name.encode())
        self.random = np.random.default_rng(len(name) * 7919 + sum(map(ord, name)))
        self.count = 0
        for blob, size in inputs.items():
            dims = " ".join("dim: %d" % d for d in size)
            self.text.append('input: "%s"\ninput_shape { %s }' % (blob, dims))

    def add(self, kind, bottoms, params="", blobs=(), top=None, tops=None, name=None):
        self.count += 1
        bottoms = [bottoms] if isinstance(bottoms, str) else bottoms
        name = name or "%s%d" % (kind.lower(), self.count)
        tops = tops or [top or name]
        lines = " ".join('bottom: "%s"' % b for b in bottoms) + " " + " ".join('top: "%s"' % t for t in tops)
        self.text.append('layer { name: "%s" type: "%s" %s %s }' % (name, kind, lines, params))
        layer = field(1, name.encode()) + field(2, kind.encode())
        for blob in blobs:
            shape = field(1, b"".join(varint(d) for d in blob.shape))
            layer += field(7, field(5, blob.astype("<f4").tobytes()) + field(7, shape))
        self.model += field(100, layer)
        return tops[0]

    def weight(self, *size):
        gain = 1.7 / np.sqrt(np.prod(size[1:])) if len(size) > 1 else 0.2
        return self.random.uniform(-gain, gain, size)

    def positive(self, *size):
        return self.random.uniform(0.5, 1.5, size)

    def conv(self, x, inputs, outputs, kernel, stride=1, pad=0, group=1, **more):
        params = "convolution_param { num_output: %d kernel_size: %d stride: %d pad: %d group: %d }" % (
            outputs, kernel, stride, pad, group)
        return self.add("Convolution", x, params, [self.weight(outputs, inputs // group, kernel, kernel), self.weight(outputs)], **more)

    def relu(self, x):
        return self.add("ReLU", x, top=x)

    def norm(self, x, channels):
        """BatchNorm and Scale in place, as ResNet and MobileNet have it."""
        factor = 3.0
        self.add("BatchNorm", x, "batch_norm_param { eps: 2e-5 }",
                 [self.weight(channels) * factor, self.positive(channels) * factor, np.array([factor])], top=x)
        return self.add("Scale", x, "scale_param { bias_term: true }", [self.positive(channels), self.weight(channels)], top=x)

    def pool(self, x, kernel, stride, pad=0, kind="MAX"):
        return self.add("Pooling", x, "pooling_param { pool: %s kernel_size: %d stride: %d pad: %d }" % (kind, kernel, stride, pad))

    def dense(self, x, inputs, outputs):
        return self.add("InnerProduct", x, "inner_product_param { num_output: %d }" % outputs,
                        [self.weight(outputs, inputs), self.weight(outputs)])

    def save(self, *outputs):
        """outputs: blobs, or (blob, layer) where the last layer that writes the blob has another name."""
        folder = os.path.join(HERE, self.name)
        os.makedirs(folder)
        prototxt = os.path.join(folder, "net.prototxt")
        caffemodel = os.path.join(folder, "net.caffemodel")
        with open(prototxt, "w") as file:
            file.write('name: "%s"\n%s\n' % (self.name, "\n".join(self.text)))
        with open(caffemodel, "wb") as file:
            file.write(self.model)
        net = cv2.dnn.readNetFromCaffe(prototxt, caffemodel)
        net.enableFusion(False)
        pairs = [o if isinstance(o, tuple) else (o, o) for o in outputs]
        values = {"inputs": {}, "outputs": {}}
        for blob, size in self.inputs.items():
            data = self.random.uniform(-1, 1, size).astype("f4")
            net.setInput(data, blob)
            values["inputs"][blob] = pack(data)
        for (blob, _), data in zip(pairs, net.forward([layer for _, layer in pairs])):
            values["outputs"][blob] = pack(np.asarray(data))
        with open(os.path.join(folder, "values.json"), "w") as file:
            json.dump(values, file)
            file.write("\n")


def pack(array):
    return {"size": list(array.shape), "float32": base64.b64encode(array.astype("<f4").tobytes()).decode()}


def layer_cases():
    image = (2, 3, 7, 8)

    def one(name, kind, params="", size=image, **blobs):
        net = Net(name, x=size)
        net.add(kind, "x", params, [make(net) for make in blobs.values()], top="y", name="y")
        net.save("y")

    def w(*size):
        return lambda net: net.weight(*size)

    def p(*size):
        return lambda net: net.positive(*size)

    one("conv", "Convolution", "convolution_param { num_output: 4 kernel_size: 3 }", a=w(4, 3, 3, 3), b=w(4))
    one("conv_stride_dilation", "Convolution", "convolution_param { num_output: 4 kernel_size: 3 stride: 2 pad: 2 dilation: 2 bias_term: false }", a=w(4, 3, 3, 3))
    one("conv_sides", "Convolution", "convolution_param { num_output: 6 kernel_h: 3 kernel_w: 1 pad_h: 1 pad_w: 0 stride_h: 1 stride_w: 2 group: 3 }", a=w(6, 1, 3, 1), b=w(6))
    one("deconv", "Deconvolution", "convolution_param { num_output: 4 kernel_size: 4 stride: 2 pad: 1 }", a=w(3, 4, 4, 4), b=w(4))
    one("deconv_group", "Deconvolution", "convolution_param { num_output: 3 kernel_size: 4 stride: 2 pad: 1 group: 3 bias_term: false }", a=w(3, 1, 4, 4))
    one("pool_max", "Pooling", "pooling_param { kernel_size: 3 stride: 2 }")
    one("pool_max_pad", "Pooling", "pooling_param { kernel_size: 3 stride: 2 pad: 1 }")
    one("pool_ave", "Pooling", "pooling_param { pool: AVE kernel_size: 2 stride: 2 }", size=(2, 3, 7, 7))
    one("pool_ave_pad", "Pooling", "pooling_param { pool: AVE kernel_size: 3 stride: 1 pad: 1 }")
    one("pool_global", "Pooling", "pooling_param { pool: AVE global_pooling: true }")
    one("dense", "InnerProduct", "inner_product_param { num_output: 5 }", a=w(5, 168), b=w(5))
    one("dense_no_bias", "InnerProduct", "inner_product_param { num_output: 5 bias_term: false }", a=w(5, 168))
    one("relu", "ReLU")
    one("relu_slope", "ReLU", "relu_param { negative_slope: 0.1 }")
    one("prelu", "PReLU", "", a=p(3))
    one("lrn", "LRN", "lrn_param { local_size: 5 alpha: 0.5 beta: 0.75 }", size=(2, 8, 5, 6))
    one("batch_norm", "BatchNorm", "", a=w(3), b=p(3), c=lambda net: np.array([1.0]))
    one("scale", "Scale", "scale_param { bias_term: true }", a=p(3), b=w(3))
    one("scale_no_bias", "Scale", "", a=p(3))
    one("sigmoid", "Sigmoid")
    one("tanh", "TanH")
    one("abs", "AbsVal")
    one("bnll", "BNLL")
    one("elu", "ELU", "elu_param { alpha: 0.5 }")
    one("power", "Power", "power_param { power: 2 scale: 0.5 shift: 1.5 }")
    one("power_one", "Power", "power_param { scale: 0.5 shift: 1.5 }")
    one("exp", "Exp", "exp_param { base: 2 scale: 0.5 shift: 0.25 }")
    one("softmax", "Softmax")
    one("softmax_rows", "Softmax", size=(2, 9))
    one("flatten", "Flatten")
    one("flatten_axes", "Flatten", "flatten_param { axis: 2 }")
    one("reshape", "Reshape", "reshape_param { shape { dim: 0 dim: -1 dim: 8 } }")
    one("reshape_axis", "Reshape", "reshape_param { axis: 1 num_axes: 2 shape { dim: 7 dim: 3 } }")
    one("permute", "Permute", "permute_param { order: 0 order: 2 order: 3 order: 1 }")

    for name, params in [("eltwise_sum", ""), ("eltwise_sub", "eltwise_param { operation: SUM coeff: 1 coeff: -1 }"),
                         ("eltwise_coeff", "eltwise_param { operation: SUM coeff: 0.5 coeff: 2 }"),
                         ("eltwise_prod", "eltwise_param { operation: PROD }"), ("eltwise_max", "eltwise_param { operation: MAX }")]:
        net = Net(name, a=image, b=image)
        net.add("Eltwise", ["a", "b"], params, top="y", name="y")
        net.save("y")

    net = Net("concat", a=image, b=(2, 5, 7, 8))
    net.add("Concat", ["a", "b"], top="y", name="y")
    net.save("y")

    net = Net("concat_axis", a=image, b=(2, 3, 4, 8))
    net.add("Concat", ["a", "b"], "concat_param { axis: 2 }", top="y", name="y")
    net.save("y")

    net = Net("crop", a=(2, 3, 9, 9), b=(2, 4, 6, 5))
    net.add("Crop", ["a", "b"], "crop_param { axis: 2 offset: 2 offset: 1 }", top="y", name="y")
    net.save("y")

    net = Net("slice", x=(2, 6, 4, 4))
    net.add("Slice", "x", "slice_param { axis: 1 slice_point: 1 slice_point: 3 }", tops=["a", "b", "c"], name="s")
    for part in "abc":
        net.add("ReLU", part, top="y" + part, name="y" + part)
    net.save("ya", "yb", "yc")


def network_cases():
    net = Net("alexnet", data=(2, 3, 35, 35))
    x = net.relu(net.conv("data", 3, 8, 5, stride=2))
    x = net.pool(net.add("LRN", x, "lrn_param { local_size: 5 alpha: 0.01 beta: 0.75 }"), 3, 2)
    x = net.relu(net.conv(x, 8, 8, 5, pad=2, group=2))
    x = net.pool(net.add("LRN", x, "lrn_param { local_size: 5 alpha: 0.01 beta: 0.75 }"), 3, 2)
    x = net.relu(net.conv(net.relu(net.conv(x, 8, 8, 3, pad=1)), 8, 8, 3, pad=1, group=2))
    x = net.relu(net.dense(x, 128, 16))
    x = net.add("Dropout", x, "dropout_param { dropout_ratio: 0.5 }", top=x)
    net.save(net.dense(x, 16, 10))

    net = Net("vgg", data=(1, 3, 16, 16))
    x, channels = "data", 3
    for outputs in (4, 6, 8):
        x = net.relu(net.conv(net.relu(net.conv(x, channels, outputs, 3, pad=1)), outputs, outputs, 3, pad=1))
        x, channels = net.pool(x, 2, 2), outputs
    net.save(net.dense(net.relu(net.dense(x, 32, 12)), 12, 5))

    net = Net("googlenet", data=(1, 3, 24, 24))
    x, channels = net.pool(net.relu(net.conv("data", 3, 6, 7, stride=2, pad=3)), 3, 2), 6
    for _ in range(2):
        one = net.relu(net.conv(x, channels, 3, 1))
        three = net.relu(net.conv(net.relu(net.conv(x, channels, 2, 1)), 2, 4, 3, pad=1))
        five = net.relu(net.conv(net.relu(net.conv(x, channels, 2, 1)), 2, 2, 5, pad=2))
        pooled = net.relu(net.conv(net.pool(x, 3, 1, 1), channels, 2, 1))
        x, channels = net.add("Concat", [one, three, five, pooled]), 11
    x = net.add("Pooling", x, "pooling_param { pool: AVE global_pooling: true }")
    net.save(net.dense(x, 11, 7))

    net = Net("inception_v3", data=(1, 3, 21, 21))
    x = net.relu(net.norm(net.conv("data", 3, 6, 3, stride=2), 6))
    one = net.relu(net.norm(net.conv(x, 6, 3, 1), 3))
    two = net.relu(net.norm(net.conv(net.relu(net.norm(net.conv(x, 6, 2, 1), 2)), 2, 4, 5, pad=2), 4))
    three = net.relu(net.norm(net.conv(net.pool(x, 3, 1, 1, "AVE"), 6, 2, 1), 2))
    x = net.add("Concat", [one, two, three])
    x = net.add("Concat", [net.relu(net.norm(net.conv(x, 9, 4, 3, stride=2, pad=1), 4)), net.pool(x, 3, 2)])
    x = net.add("Pooling", x, "pooling_param { pool: AVE global_pooling: true }")
    net.save(net.dense(x, 13, 7))

    net = Net("resnet", data=(2, 3, 17, 17))
    x = net.pool(net.relu(net.norm(net.conv("data", 3, 6, 3, stride=2, pad=1), 6)), 3, 2)
    channels = 6
    for outputs, stride in ((6, 1), (8, 2)):
        shortcut = x if outputs == channels else net.norm(net.conv(x, channels, outputs, 1, stride=stride), outputs)
        body = net.relu(net.norm(net.conv(x, channels, outputs, 3, stride=stride, pad=1), outputs))
        body = net.norm(net.conv(body, outputs, outputs, 3, pad=1), outputs)
        x, channels = net.relu(net.add("Eltwise", [shortcut, body])), outputs
    x = net.add("Pooling", x, "pooling_param { pool: AVE global_pooling: true }")
    net.save(net.dense(x, 8, 5))

    net = Net("resnet_v2", data=(2, 3, 17, 17))
    x, channels = net.conv("data", 3, 6, 3, stride=2, pad=1), 6
    for outputs, stride in ((6, 1), (8, 2)):
        head = net.add("BatchNorm", x, "", [net.weight(channels), net.positive(channels), np.array([1.0])])
        head = net.relu(net.add("Scale", head, "scale_param { bias_term: true }", [net.positive(channels), net.weight(channels)], top=head))
        shortcut = x if outputs == channels else net.conv(head, channels, outputs, 1, stride=stride)
        body = net.relu(net.norm(net.conv(head, channels, outputs, 3, stride=stride, pad=1), outputs))
        x, channels = net.add("Eltwise", [shortcut, net.conv(body, outputs, outputs, 3, pad=1)]), outputs
    x = net.relu(net.norm(x, 8))
    net.save(net.dense(net.add("Pooling", x, "pooling_param { pool: AVE global_pooling: true }"), 8, 5))

    net = Net("se_resnext", data=(2, 8, 9, 9))
    body = net.norm(net.conv(net.relu(net.norm(net.conv("data", 8, 8, 3, pad=1, group=4), 8)), 8, 8, 1), 8)
    gate = net.add("Pooling", body, "pooling_param { pool: AVE global_pooling: true }")
    gate = net.add("Sigmoid", net.dense(net.relu(net.dense(gate, 8, 2)), 2, 8))
    x = net.relu(net.add("Eltwise", [net.add("Scale", [body, gate], "scale_param { axis: 0 }"), "data"]))
    net.save(net.dense(net.add("Pooling", x, "pooling_param { pool: AVE global_pooling: true }"), 8, 5))

    net = Net("squeezenet", data=(1, 3, 19, 19))
    x = net.pool(net.relu(net.conv("data", 3, 6, 3, stride=2)), 3, 2)
    squeezed = net.relu(net.conv(x, 6, 3, 1))
    x = net.add("Concat", [net.relu(net.conv(squeezed, 3, 4, 1)), net.relu(net.conv(squeezed, 3, 4, 3, pad=1))])
    x = net.conv(net.add("Dropout", x, top=x), 8, 5, 1)
    net.save(net.add("Pooling", x, "pooling_param { pool: AVE global_pooling: true }"))

    net = Net("densenet", data=(1, 4, 12, 12))
    x, channels = net.conv("data", 4, 6, 3, pad=1), 6
    for _ in range(3):
        head = net.add("BatchNorm", x, "batch_norm_param { eps: 1e-5 }", [net.weight(channels), net.positive(channels), np.array([1.0])])
        head = net.relu(net.add("Scale", head, "scale_param { bias_term: true }", [net.positive(channels), net.weight(channels)], top=head))
        body = net.conv(net.relu(net.norm(net.conv(head, channels, 8, 1), 8)), 8, 3, 3, pad=1)
        x, channels = net.add("Concat", [x, body]), channels + 3
    net.save(net.pool(net.conv(x, channels, 6, 1), 2, 2, 0, "AVE"))

    net = Net("mobilenet_v1", data=(1, 3, 17, 17))
    x = net.relu(net.norm(net.conv("data", 3, 8, 3, stride=2, pad=1), 8))
    x = net.relu(net.norm(net.conv(x, 8, 8, 3, pad=1, group=8), 8))
    x = net.relu(net.norm(net.conv(x, 8, 12, 1), 12))
    x = net.add("Pooling", x, "pooling_param { pool: AVE global_pooling: true }")
    net.save(net.conv(x, 12, 5, 1))

    net = Net("mobilenet_v2", data=(1, 8, 9, 9))
    body = net.relu(net.norm(net.conv("data", 8, 16, 1), 16))
    body = net.relu(net.norm(net.conv(body, 16, 16, 3, pad=1, group=16), 16))
    body = net.norm(net.conv(body, 16, 8, 1), 8)
    net.save(net.add("Eltwise", ["data", body]))

    net = Net("face_detector", data=(1, 3, 12, 12))
    x = net.conv("data", 3, 10, 3)
    x = net.add("PReLU", x, "", [net.positive(10)], top=x)
    x = net.pool(x, 2, 2)
    for inputs, outputs in ((10, 16), (16, 8)):
        x = net.conv(x, inputs, outputs, 3)
        x = net.add("PReLU", x, "", [net.positive(outputs)], top=x)
    scores = net.add("Softmax", net.conv(x, 8, 2, 1))
    net.save(net.conv(x, 8, 4, 1), scores)

    net = Net("segmentation", data=(1, 3, 16, 16))
    x = net.pool(net.relu(net.conv("data", 3, 6, 3, pad=1)), 2, 2)
    x = net.conv(net.relu(net.conv(x, 6, 8, 3, stride=2, pad=1)), 8, 4, 1)
    x = net.add("Deconvolution", x, "convolution_param { num_output: 4 kernel_size: 8 stride: 4 group: 4 bias_term: false }", [net.weight(4, 1, 8, 8)])
    x = net.add("Crop", [x, "data"], "crop_param { axis: 2 offset: 1 }")
    net.save(net.add("Softmax", x))


for entry in os.listdir(HERE):
    if os.path.isdir(os.path.join(HERE, entry)):
        shutil.rmtree(os.path.join(HERE, entry))
layer_cases()
network_cases()
