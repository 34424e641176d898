-- Nothing is done until it is resumed; status stays as it was.
obj.spec.suspend = true
return obj
