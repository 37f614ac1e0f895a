import ArgumentParser
import Engine

print(Primitive.all.count)
